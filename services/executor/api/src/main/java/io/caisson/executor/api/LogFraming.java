package io.caisson.executor.api;

/** How lines of a log stand in its stream. */
public enum LogFraming {
    /** No frames, as with a terminal. */
    NONE,
    /** A stdcopy frame for every line: some clients take a frame for a line. */
    LINES,
    /** stdcopy frames of many lines, for clients that only unpack them. */
    SHARED
}
