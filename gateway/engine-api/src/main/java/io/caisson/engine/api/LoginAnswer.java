package io.caisson.engine.api;

import io.caisson.image.api.LoginResult;

/** The answer to a login that worked. */
public record LoginAnswer(String identityToken, String status) {
    public static LoginAnswer of(LoginResult result) {
        return new LoginAnswer(result.identityToken(), "Login Succeeded");
    }
}
