package io.caisson.linux.nft;

/** What libnftables says about a ruleset that it refused; its message points at the line. */
public final class NftablesException extends RuntimeException {
    public NftablesException(String message) {
        super(message);
    }
}
