package io.caisson.engine.api.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.engine.api.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateBodyTest {
    private static CreateBody parse(String json) {
        return CreateBody.parse(json.getBytes(StandardCharsets.UTF_8), new ApiVersion(1, 44));
    }

    @Test
    void shouldReadWhatTheCommandLineSends() {
        CreateBody body = parse("""
                {"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,"AttachStderr":true,
                 "Tty":true,"OpenStdin":true,"StdinOnce":true,"Env":["A=b"],"Cmd":["echo","hi"],"Image":"busybox",
                 "Volumes":{"/data":{}},"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{"a":"b"},
                 "ExposedPorts":{"80/tcp":{}},"StopTimeout":3,"Healthcheck":{"Test":["NONE"]},
                 "HostConfig":{"Binds":["/a:/b:ro"],"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},
                   "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"AutoRemove":true,"UTSMode":"host",
                   "NetworkMode":"default","MemorySwappiness":-1,"Init":true,"PidsLimit":0,
                   "BlkioDeviceReadIOps":[{"Path":"/dev/sda","Rate":5}],"DeviceRequests":[{"DeviceIDs":["0"]}],
                   "Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}],"MaskedPaths":null,"KernelMemory":0,
                   "Mounts":[{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"SizeBytes":9}}]},
                 "NetworkingConfig":{"EndpointsConfig":{"net":{"IPAMConfig":{"IPv4Address":"10.0.0.9"},
                   "Aliases":["x"],"Links":null,"MacAddress":""}}}}
                """);

        assertThat(body.config().hostname()).isNull();
        assertThat(body.config().tty()).isTrue();
        assertThat(body.config().cmd()).containsExactly("echo", "hi");
        assertThat(body.config().volumes()).isEqualTo(Map.of("/data", Map.of()));
        assertThat(body.config().stopTimeout()).isEqualTo(3);
        assertThat(body.config().healthcheck()).isNotNull();
        assertThat(body.hostConfig().utsMode()).isEqualTo("host");
        assertThat(body.hostConfig().autoRemove()).isTrue();
        assertThat(body.hostConfig().portBindings().get("80/tcp").getFirst().hostPort())
                .isEqualTo("8080");
        assertThat(body.hostConfig().restartPolicy().maximumRetryCount()).isEqualTo(3);
        assertThat(body.hostConfig().blkioDeviceReadIOps().getFirst().rate()).isEqualTo(5);
        assertThat(body.hostConfig().deviceRequests().getFirst().deviceIDs()).containsExactly("0");
        assertThat(body.hostConfig().mounts().getFirst().tmpfsOptions().sizeBytes())
                .isEqualTo(9);
        assertThat(body.hostConfig().init()).isTrue();
        assertThat(body.networks().get("net").ipv4Address()).isEqualTo("10.0.0.9");
        assertThat(body.networks().get("net").macAddress()).isNull();
    }

    @Test
    void shouldTakeAStringForACommand() {
        CreateBody body = parse("{\"image\":\"b\",\"Cmd\":\"date\",\"Entrypoint\":\"sh\",\"HostConfig\":null}");

        assertThat(body.config().image()).isEqualTo("b");
        assertThat(body.config().cmd()).isEqualTo(List.of("date"));
        assertThat(body.config().entrypoint()).isEqualTo(List.of("sh"));
        assertThat(body.networks()).isEmpty();
    }

    @Test
    void shouldRefuseWrongTypesInWordsOfTheClientsWorld() {
        assertThatThrownBy(() -> parse("{\"Tty\":\"yes\"}"))
                .hasMessage("invalid JSON: json: cannot unmarshal string into Go struct field Tty of type bool");
        assertThatThrownBy(() -> parse("{\"HostConfig\":{\"Memory\":\"64m\"}}"))
                .hasMessage("invalid JSON: json: cannot unmarshal string into Go struct field Memory of type int64");
        assertThatThrownBy(() -> parse("{\"Image\":5}"))
                .hasMessage("invalid JSON: json: cannot unmarshal number into Go struct field Image of type string");
        assertThatThrownBy(() -> parse("[]")).hasMessageContaining("cannot unmarshal array");
        assertThatThrownBy(() -> parse("{\"Image\":")).hasMessageStartingWith("invalid JSON: ");
        assertThatThrownBy(() -> parse("")).hasMessage("invalid JSON: got EOF while reading request body");
    }

    @Test
    void shouldRefuseSeveralNetworksOfOldClients() {
        String json = "{\"NetworkingConfig\":{\"EndpointsConfig\":{\"a\":{},\"b\":null}}}";

        assertThat(parse(json).networks()).containsOnlyKeys("a", "b");
        assertThatThrownBy(() -> CreateBody.parse(json.getBytes(StandardCharsets.UTF_8), new ApiVersion(1, 43)))
                .hasMessage("Container cannot be created with multiple network endpoints: a, b");
    }
}
