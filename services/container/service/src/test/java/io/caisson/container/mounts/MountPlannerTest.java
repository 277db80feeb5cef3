package io.caisson.container.mounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.container.Requests;
import io.caisson.container.model.PlannedMount;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountPlannerTest {
    @Test
    void shouldUnderstandAllFourWays() {
        var mounts = plan("{\"volumes\":{\"/from-image\":{},\"/named\":{}}}", """
                {"binds":["/src:/dst:ro,rshared","data:/named:nocopy"],
                 "mounts":[{"type":"bind","source":"/a/../b","target":"/m","readOnly":true},
                           {"type":"tmpfs","target":"/t","tmpfsOptions":{"sizeBytes":1024,"mode":448}}],
                 "tmpfs":{"/run":""}}""");

        assertThat(mounts)
                .containsExactlyInAnyOrder(
                        new PlannedMount.Bind("/src", "/dst", true, "ro,rshared", "rshared", true, true),
                        new PlannedMount.Volume("data", false, "local", "", "/named", false, "nocopy", false, null),
                        new PlannedMount.Bind("/b", "/m", true, "", "rprivate", true, false),
                        new PlannedMount.Tmpfs(
                                "/t", List.of("noexec", "nosuid", "nodev", "rprivate", "size=1024", "mode=700"), true),
                        new PlannedMount.Tmpfs("/run", List.of("noexec", "nosuid", "nodev", "rprivate"), false),
                        new PlannedMount.Volume("", true, "local", "", "/from-image", false, "", true, null));
    }

    @Test
    void shouldLetTheRequestReplaceWhatIsInherited() {
        var inherited = MountMapping.inherited(
                List.of(
                        new PlannedMount.Volume("a", true, "local", "/v/a", "/x", false, "", true, null),
                        new PlannedMount.Bind("/h", "/y", false, "", "rprivate", true, true)),
                "ro");

        var mounts = MountPlanner.plan(Requests.host("{\"binds\":[\"/other:/y\"]}"), Requests.config("{}"), inherited);

        assertThat(mounts)
                .containsExactly(
                        new PlannedMount.Volume("a", true, "local", "/v/a", "/x", true, "", false, null),
                        new PlannedMount.Bind("/other", "/y", false, "", "rprivate", true, true));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertInvalid("{\"binds\":[\"/a:b\"]}", "mount path must be absolute");
        assertInvalid("{\"binds\":[\"/a:/\"]}", "destination can't be '/'");
        assertInvalid("{\"binds\":[\"/a:/x:frob\"]}", "invalid mode: frob");
        assertInvalid("{\"binds\":[\"a!:/x\"]}", "includes invalid characters for a local volume name");
        assertInvalid("{\"binds\":[\"/a:/x\",\"/b:/x\"]}", "Duplicate mount point: /x");
        assertInvalid("{\"mounts\":[{\"type\":\"frob\",\"target\":\"/x\"}]}", "mount type unknown");
        assertInvalid("{\"mounts\":[{\"type\":\"bind\",\"target\":\"/x\"}]}", "field Source must not be empty");
        assertInvalid("{\"tmpfs\":{\"/x\":\"frob\"}}", "invalid tmpfs option [\"frob\"]");
    }

    private static List<PlannedMount> plan(String config, String host) {
        return MountPlanner.plan(Requests.host(host), Requests.config(config), List.of());
    }

    private static void assertInvalid(String host, String message) {
        assertThatThrownBy(() -> plan("{}", host)).hasMessageContaining(message);
    }
}
