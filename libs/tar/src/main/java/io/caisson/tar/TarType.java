package io.caisson.tar;

/** What an entry makes. */
public enum TarType {
    FILE,
    HARD_LINK,
    SYMLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    DIRECTORY,
    FIFO
}
