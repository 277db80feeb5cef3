package io.caisson.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.network.api.PublishRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishPlannerTest {
    @Test
    void shouldPublishWhatIsBoundAndTheRestOfTheExposed() {
        assertThat(plan("""
                {"publishAllPorts":true,"portBindings":{"80/tcp":[{"hostIp":"127.0.0.1","hostPort":"8080"}],
                 "53/udp":[{"hostPort":"5300-5310"}],"90/tcp":[]}}"""))
                .containsExactlyInAnyOrder(
                        new PublishRequest("tcp", 80, "127.0.0.1", 8080, 8080),
                        new PublishRequest("udp", 53, null, 5300, 5310),
                        new PublishRequest("tcp", 90, null, 0, 0),
                        new PublishRequest("tcp", 443, null, 0, 0));
    }

    @Test
    void shouldPublishNothingWithoutANetworkOfItsOwn() {
        assertThat(plan("{\"networkMode\":\"host\",\"portBindings\":{\"80/tcp\":[{\"hostPort\":\"8080\"}]}}"))
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoPort() {
        assertThatThrownBy(() -> plan("{\"portBindings\":{\"80/frob\":[]}}"))
                .hasMessage("invalid port specification: \"80/frob\"");
        assertThatThrownBy(() -> plan("{\"portBindings\":{\"80\":[{\"hostPort\":\"99999\"}]}}"))
                .hasMessage("invalid port specification: \"99999\"");
    }

    private static List<PublishRequest> plan(String host) {
        return PublishPlanner.plan(
                Requests.config("{\"exposedPorts\":{\"80/tcp\":{},\"443/tcp\":{}}}"), Requests.host(host));
    }
}
