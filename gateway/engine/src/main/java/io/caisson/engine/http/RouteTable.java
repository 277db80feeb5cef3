package io.caisson.engine.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All routes. The first that matches wins, so that fixed paths come before those with variables. */
public final class RouteTable {
    private final Map<HttpMethod, List<Route>> routes = new HashMap<>();

    /** @param path the route's, with its variables' names */
    record Match(String path, Route.Target target, Map<String, String> variables) {}

    public void get(String path, Action action) {
        on(HttpMethod.GET, path, action);
    }

    public void post(String path, Action action) {
        on(HttpMethod.POST, path, action);
    }

    public void delete(String path, Action action) {
        on(HttpMethod.DELETE, path, action);
    }

    public void on(HttpMethod method, String path, Action action) {
        add(method, path, new Route.Target.Acts(action));
    }

    /** The answer is there at once. */
    public void fixed(HttpMethod method, String path, Answer answer) {
        on(method, path, _ -> Uni.createFrom().item(answer));
    }

    /** The connection is taken away from HTTP before anything else happens. */
    public void takeOver(HttpMethod method, String path, TakeOver takeOver) {
        add(method, path, new Route.Target.TakesOver(takeOver, false));
    }

    /** The same for requests with a small body, which is kept. */
    public void takeOverWithBody(HttpMethod method, String path, TakeOver takeOver) {
        add(method, path, new Route.Target.TakesOver(takeOver, true));
    }

    private void add(HttpMethod method, String path, Route.Target target) {
        routes.computeIfAbsent(method, _ -> new ArrayList<>()).add(new Route(path, target));
    }

    @Nullable
    Match find(HttpMethod method, String path) {
        for (Route route : routes.getOrDefault(method, List.of())) {
            Map<String, String> variables = route.match(path);
            if (variables != null) {
                return new Match(route.path(), route.target(), variables);
            }
        }
        return null;
    }
}
