package io.caisson.cluster;

import io.caisson.bus.Ports;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A member of the cluster that serves {@link Parrot} until it is killed. */
final class ParrotProcess implements Parrot {
    private static final String HOST = "127.0.0.1";

    @Override
    public Uni<Words> say(Words words) {
        return words.text().isEmpty()
                ? Uni.createFrom().nothing()
                : Uni.createFrom().item(words);
    }

    @Override
    public Uni<Words> sayLater(Words words) {
        return say(words);
    }

    @Override
    public Multi<Words> repeat(Words words) {
        return Multi.createFrom().range(0, Integer.MAX_VALUE).map(i -> new Words(words.text() + i));
    }

    static Vertx join(int port) {
        var options = new VertxOptions();
        options.getEventBusOptions().setHost(HOST);
        new ClusteredBus(true, "parrots", HOST, port, List.of(HOST)).accept(options);
        return Vertx.clusteredVertx(options)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    public static void main(String[] arguments) throws InterruptedException {
        new Ports(join(Integer.parseInt(arguments[0]))).serve(Parrot.class, new ParrotProcess());
        new CountDownLatch(1).await();
    }
}
