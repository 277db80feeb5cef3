package io.caisson.metadata;

import com.fasterxml.jackson.core.JacksonException;
import io.caisson.kernel.Fault;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the database's errors mean to a caller. */
final class PgFaults {
    /** Shutting down, starting up, too many clients. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");
    /** Serialization failure, deadlock. */
    private static final Set<String> LOST_A_RACE = Set.of("40001", "40P01");

    private static final Logger LOG = Logger.getLogger(PgFaults.class);
    private static final String CONNECTION = "08";
    private static final String CONSTRAINT = "23";

    private PgFaults() {}

    /** Whether waiting may help: the server is not there, or not yet. */
    static boolean mayPass(@Nullable String state) {
        return state == null || state.startsWith(CONNECTION) || AWAY.contains(state);
    }

    /** A fault passes as it is; anything unknown is returned unchanged. */
    static Throwable translate(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Fault fault -> {
                    return fault;
                }
                case PgException pg -> {
                    return byState(pg.getSqlState(), error, pg.getErrorMessage());
                }
                case ConstraintViolationException violation
                when violation.getSQLState() != null -> {
                    return byState(violation.getSQLState(), error, violation.getMessage());
                }
                case SQLException sql
                when sql.getSQLState() != null -> {
                    return byState(sql.getSQLState(), error, sql.getMessage());
                }
                case StaleStateException stale -> {
                    return new Fault(Fault.Kind.CONFLICT, "it was changed by somebody else", error);
                }
                case ClosedConnectionException closed -> {
                    return away(error);
                }
                case JacksonException json -> {
                    // An IOException by descent only: a column that cannot be read or written.
                    return error;
                }
                case IOException io -> {
                    return away(error);
                }
                case NoStackTraceThrowable pool -> {
                    // The pool's own refusals: no connection in time, queue full.
                    return away(error);
                }
                default -> {
                    // Not one of those: its cause may be.
                }
            }
        }
        return error;
    }

    private static Throwable byState(String state, Throwable error, @Nullable String message) {
        if (mayPass(state)) {
            return away(error);
        }
        if (state.startsWith(CONSTRAINT)) {
            return new Fault(Fault.Kind.CONFLICT, String.valueOf(message), error);
        }
        if (LOST_A_RACE.contains(state)) {
            return new Fault(Fault.Kind.UNAVAILABLE, "the database gave up on a clash: try again", error);
        }
        return error;
    }

    private static Fault away(Throwable error) {
        LOG.debugf(error, "the database does not answer");
        return new Fault(Fault.Kind.UNAVAILABLE, "the database does not answer", error);
    }
}
