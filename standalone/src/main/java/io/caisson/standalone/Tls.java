package io.caisson.standalone;

import java.util.Optional;

/** PEM files: the server's certificate and key, and the authority that its clients' certificates must come from. */
record Tls(String certificate, String key, String ca) {
    /** All of them, or none. */
    static Optional<Tls> of(Optional<String> certificate, Optional<String> key, Optional<String> ca) {
        if (certificate.isPresent() && key.isPresent() && ca.isPresent()) {
            return Optional.of(new Tls(certificate.get(), key.get(), ca.get()));
        }
        if (certificate.isPresent() || key.isPresent() || ca.isPresent()) {
            throw new IllegalArgumentException("TLS needs all of " + Listeners.TLS_CERTIFICATE + ", "
                    + Listeners.TLS_KEY + " and " + Listeners.TLS_CA);
        }
        return Optional.empty();
    }
}
