package io.caisson.engine.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.LoginAnswer;
import io.caisson.engine.api.RegistryCredentials;
import io.caisson.engine.api.progress.ProgressLine;
import io.caisson.engine.api.progress.ProgressMapping;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.image.api.PushImage;
import io.caisson.image.api.RegistryAuth;
import io.caisson.image.api.RegistryLogin;
import io.caisson.kernel.Fault;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;

/** {@code POST /images/{name}/push} and {@code POST /auth}: what is done at registries. */
public final class PushRoutes {
    private final Services services;
    private final EngineSettings settings;

    public PushRoutes(Services services, EngineSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.post("/images/{name...}/push", this::push);
        table.post("/auth", this::login);
    }

    private Uni<Answer> push(Exchange exchange) {
        Reference name = Reference.parse(exchange.path("name"));
        String tag = exchange.query("tag");
        Reference reference = tag.isEmpty() ? name : name.withTag(tag);
        var lines = services.images()
                .push(new PushImage(settings.node(), reference, PullRoutes.auth(exchange, reference)))
                .onItem()
                .transformToIterable(ProgressMapping::push)
                .map(ProgressLine::bytes);
        return Uni.createFrom()
                .item(new Answer.Pieces("application/json", lines, fault -> ProgressLine.error(fault.message())
                        .bytes()));
    }

    private Uni<Answer> login(Exchange exchange) {
        return exchange.json()
                .map(PushRoutes::credentials)
                .chain(auth -> services.images().login(new RegistryLogin(auth)))
                .onFailure(error -> Fault.of(error).kind() == Fault.Kind.UNAVAILABLE)
                .transform(error -> Fault.internal(Fault.of(error).message(), error))
                .map(result -> Answer.json(LoginAnswer.of(result)));
    }

    private static RegistryAuth credentials(byte[] body) {
        try {
            return RegistryCredentials.login(body);
        } catch (JsonProcessingException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
