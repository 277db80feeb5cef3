package io.caisson.bus;

/** What a message of a stream says: the first three from server to caller, the others back. */
enum StreamSignal {
    ITEM,
    DONE,
    FAIL,
    DEMAND,
    CANCEL,
    ALIVE
}
