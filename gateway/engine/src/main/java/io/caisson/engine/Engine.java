package io.caisson.engine;

import io.caisson.engine.http.Dispatcher;
import io.caisson.engine.http.RouteTable;
import io.caisson.engine.route.ArchiveRoutes;
import io.caisson.engine.route.AttachRoutes;
import io.caisson.engine.route.CommitRoutes;
import io.caisson.engine.route.ContainerRoutes;
import io.caisson.engine.route.DiskUsageRoutes;
import io.caisson.engine.route.EventRoutes;
import io.caisson.engine.route.ExecRoutes;
import io.caisson.engine.route.ImageArchiveRoutes;
import io.caisson.engine.route.ImageRoutes;
import io.caisson.engine.route.InspectRoutes;
import io.caisson.engine.route.LogRoutes;
import io.caisson.engine.route.NetworkRoutes;
import io.caisson.engine.route.PluginRoutes;
import io.caisson.engine.route.PruneRoutes;
import io.caisson.engine.route.PullRoutes;
import io.caisson.engine.route.PushRoutes;
import io.caisson.engine.route.StatsRoutes;
import io.caisson.engine.route.SwarmRoutes;
import io.caisson.engine.route.SystemRoutes;
import io.caisson.engine.route.UnimplementedRoutes;
import io.caisson.engine.route.UpdateRoutes;
import io.caisson.engine.route.VolumeRoutes;
import io.caisson.engine.route.WaitRoutes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The Engine API as a whole, to be put on a router. */
public final class Engine {
    private static final int FIRST = -1000;
    private static final int AFTER_ALL_OTHERS = 1_000_000;

    private Engine() {}

    /** Puts all routes first and the answer for unknown paths last, so that others may serve paths of their own. */
    public static void mount(Router router, Vertx vertx, Services services, EngineSettings settings) {
        var dispatcher = new Dispatcher(vertx, routes(services, settings));
        router.route().order(FIRST).handler(dispatcher);
        router.route().order(AFTER_ALL_OTHERS).handler(dispatcher::notFound);
    }

    private static RouteTable routes(Services services, EngineSettings settings) {
        var table = new RouteTable();
        var events = new EventRoutes(services);
        new SystemRoutes(services, settings, events).addTo(table);
        events.addTo(table);
        new ContainerRoutes(services, settings).addTo(table);
        new InspectRoutes(services).addTo(table);
        new WaitRoutes(services).addTo(table);
        new AttachRoutes(services).addTo(table);
        new ExecRoutes(services).addTo(table);
        new LogRoutes(services).addTo(table);
        new StatsRoutes(services).addTo(table);
        new UpdateRoutes(services).addTo(table);
        new ArchiveRoutes(services).addTo(table);
        new CommitRoutes(services).addTo(table);
        new PullRoutes(services, settings).addTo(table);
        new PushRoutes(services, settings).addTo(table);
        new ImageArchiveRoutes(services, settings).addTo(table);
        new ImageRoutes(services).addTo(table);
        new NetworkRoutes(services).addTo(table);
        new VolumeRoutes(services, settings).addTo(table);
        new PruneRoutes(services, settings).addTo(table);
        new DiskUsageRoutes(services, settings).addTo(table);
        SwarmRoutes.addTo(table);
        PluginRoutes.addTo(table);
        UnimplementedRoutes.addTo(table);
        return table;
    }
}
