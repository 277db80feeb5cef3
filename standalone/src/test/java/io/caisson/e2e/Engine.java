package io.caisson.e2e;

/** An engine under test, asked through the docker CLI. */
interface Engine {
    Command docker(String... words);
}
