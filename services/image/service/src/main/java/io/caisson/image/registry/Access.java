package io.caisson.image.registry;

import io.caisson.oci.Reference;

/** What one wants to do with a repository. */
enum Access {
    PULL("pull"),
    PUSH("pull,push");

    private final String actions;

    Access(String actions) {
        this.actions = actions;
    }

    /** For a token (distribution's token scope specification). */
    String scope(Reference reference) {
        return scope(reference.path());
    }

    String scope(String path) {
        return "repository:" + path + ":" + actions;
    }
}
