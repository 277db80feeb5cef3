package io.caisson.engine.route;

import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.RegistryCredentials;
import io.caisson.engine.api.image.PlatformParameter;
import io.caisson.engine.api.progress.ProgressLine;
import io.caisson.engine.api.progress.ProgressMapping;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.stream.Upload;
import io.caisson.image.api.ImportImage;
import io.caisson.image.api.OpenLoad;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.RegistryAuth;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /images/create}: a pull, or an import of a root file system. */
public final class PullRoutes {
    private final Services services;
    private final EngineSettings settings;

    public PullRoutes(Services services, EngineSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.post("/images/create", this::create);
    }

    private Uni<Answer> create(Exchange exchange) {
        String image = exchange.query("fromImage");
        return image.isEmpty() ? importRootfs(exchange) : pull(exchange, image);
    }

    private Uni<Answer> pull(Exchange exchange, String image) {
        Reference reference = reference(image, exchange.query("tag"));
        var command = new PullImage(
                settings.node(),
                reference,
                PlatformParameter.parse(exchange.optional("platform")),
                auth(exchange, reference));
        var lines = services.images()
                .pull(command)
                .onFailure(PullRoutes::isRegistryTrouble)
                .transform(e -> Fault.internal(Fault.of(e).message(), e))
                .onItem()
                .transformToIterable(ProgressMapping::pull)
                .map(ProgressLine::bytes);
        return Uni.createFrom().item(new Answer.Pieces("application/json", lines, PullRoutes::trouble));
    }

    /** What the client gave for this request, or for this registry. */
    static @Nullable RegistryAuth auth(Exchange exchange, Reference reference) {
        RegistryAuth auth = RegistryCredentials.parse(exchange.header("X-Registry-Auth"));
        return auth != null
                ? auth
                : RegistryCredentials.parseFor(exchange.header("X-Registry-Config"), reference.domain());
    }

    /** Docker answers 500 when a registry cannot be reached or lets nobody in: a 401 would be about this engine. */
    private static boolean isRegistryTrouble(Throwable error) {
        return switch (Fault.of(error).kind()) {
            case UNAVAILABLE, UNAUTHORIZED, FORBIDDEN -> true;
            case INVALID, NOT_FOUND, CONFLICT, NOT_MODIFIED, UNSUPPORTED, CANCELLED, INTERNAL -> false;
        };
    }

    private static byte[] trouble(Fault fault) {
        return ProgressLine.error(fault.message()).bytes();
    }

    /** {@code tag} may be a digest; without either it is {@code latest}, not every tag there is. */
    static Reference reference(String name, String tag) {
        Reference reference = Reference.parse(name);
        if (tag.isEmpty()) {
            return reference.withDefaultTag();
        }
        return Digest.isDigest(tag) ? reference.withDigest(Digest.parse(tag)) : reference.withTag(tag);
    }

    private Uni<Answer> importRootfs(Exchange exchange) {
        if (!exchange.query("fromSrc").equals("-")) {
            throw Fault.unsupported("import from a URL is not implemented");
        }
        Reference target = target(exchange);
        return services.images()
                .openLoad(new OpenLoad(settings.node(), true))
                .chain(upload -> Upload.send(exchange.request(), upload.target())
                        .chain(() -> services.images().importRootfs(command(exchange, upload.archive(), target))))
                .map(image -> ProgressLine.status(image.id().toString()).bytes())
                .map(line -> new Answer.Whole(200, "application/json", Buffer.buffer(line), Map.of()));
    }

    private static @Nullable Reference target(Exchange exchange) {
        String repository = exchange.query("repo");
        return repository.isEmpty() ? null : reference(repository, exchange.query("tag"));
    }

    private ImportImage command(Exchange exchange, String archive, @Nullable Reference target) {
        return new ImportImage(
                settings.node(),
                archive,
                target,
                exchange.query("message"),
                exchange.all("changes"),
                PlatformParameter.parse(exchange.optional("platform")));
    }
}
