package io.caisson.image.api;

/** @param identityToken to use instead of the password from now on; empty when the registry gives none */
public record LoginResult(String identityToken) {
    @Override
    public String toString() {
        return "LoginResult[]";
    }
}
