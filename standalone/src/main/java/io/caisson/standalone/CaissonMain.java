package io.caisson.standalone;

import io.caisson.linux.process.Autogroup;
import io.caisson.postgres.Caretaker;
import io.caisson.postgres.EmbeddedPostgres;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the platform: settings, folders, database, then everything else; and ends them in the opposite order.
 *
 * <p>Exit codes: 0 after a signal, 1 when it cannot start, 2 when the command line is wrong.
 */
@QuarkusMain
public final class CaissonMain {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    CaissonMain() {}

    public static void main(String... args) {
        // Before the first logger is asked for, or Java's own takes the place of Quarkus'.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        try {
            Settings settings = Settings.read(Arguments.parse(args), System.getenv());
            Listeners.check(settings);
            settings.publish();
            Site site = Site.of(settings);
            try (var _ = site.occupy()) {
                Autogroup.favourOwn();
                run(settings, site);
            }
        } catch (IllegalArgumentException e) {
            complain(e);
            System.exit(2);
        } catch (IOException e) {
            complain(e);
            System.exit(1);
        }
    }

    private static void run(Settings settings, Site site) throws IOException {
        site.publish();
        var stopped = new CountDownLatch(1);
        if (settings.get(Settings.DATABASE).isEmpty()) {
            EmbeddedPostgres server = EmbeddedPostgres.in(site.data().resolve("postgres"));
            Database.publish(server.start());
            Caretaker caretaker = Caretaker.of(server, text -> System.err.println("caisson: " + text));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfter(stopped, caretaker, server), "postgres"));
        }
        Quarkus.run(null, (code, failure) -> {
            stopped.countDown();
            if (failure != null) {
                complain(failure);
                System.exit(1);
            }
        });
        stopped.countDown();
    }

    /** The services write their last words before their database goes. */
    private static void stopAfter(CountDownLatch stopped, Caretaker caretaker, EmbeddedPostgres server) {
        try {
            if (!stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                complain(new IOException("the services did not stop in time"));
            }
            caretaker.close();
            server.stop();
        } catch (InterruptedException | IOException e) {
            complain(e);
        }
    }

    private static void complain(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            System.err.println("caisson: " + cause.getMessage());
        }
    }
}
