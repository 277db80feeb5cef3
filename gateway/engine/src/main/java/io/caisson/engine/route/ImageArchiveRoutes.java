package io.caisson.engine.route;

import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.image.PlatformParameter;
import io.caisson.engine.api.progress.ProgressLine;
import io.caisson.engine.api.progress.ProgressMapping;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.stream.Upload;
import io.caisson.image.api.LoadImages;
import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.OpenLoad;
import io.caisson.image.api.SaveImages;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Images as archives: load and save. The bytes go between client and layer store, never over the bus. */
public final class ImageArchiveRoutes {
    private final Services services;
    private final EngineSettings settings;

    public ImageArchiveRoutes(Services services, EngineSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    public void addTo(RouteTable table) {
        table.post("/images/load", this::load);
        table.get("/images/get", x -> save(x, x.all("names")));
        table.get("/images/{name...}/get", x -> save(x, List.of(x.path("name"))));
    }

    private Uni<Answer> load(Exchange exchange) {
        var platform = PlatformParameter.parse(exchange.optional("platform"));
        boolean quiet = exchange.flag("quiet");
        return services.images()
                .openLoad(new OpenLoad(settings.node(), false))
                .call(upload -> Upload.send(exchange.request(), upload.target()))
                .map(upload -> services.images()
                        .load(new LoadImages(settings.node(), upload.archive(), platform))
                        .select()
                        .where(progress -> !quiet || progress instanceof LoadProgress.Loaded)
                        .map(ProgressMapping::load)
                        .map(ProgressLine::bytes))
                .map(lines -> new Answer.Pieces("application/json", lines, ImageArchiveRoutes::trouble));
    }

    private static byte[] trouble(Fault fault) {
        return ProgressLine.error(fault.message()).bytes();
    }

    private Uni<Answer> save(Exchange exchange, List<String> names) {
        if (names.isEmpty()) {
            throw Fault.invalid("no image names given");
        }
        var platform = PlatformParameter.parse(exchange.optional("platform"));
        return services.images()
                .save(new SaveImages(settings.node(), names, platform))
                .map(target -> new Answer.Dialled("application/x-tar", target));
    }
}
