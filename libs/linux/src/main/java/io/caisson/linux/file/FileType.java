package io.caisson.linux.file;

/** What an inode is; {@link #bits()} is its {@code S_IF*} value. */
public enum FileType {
    FIFO(0x1000),
    CHARACTER_DEVICE(0x2000),
    DIRECTORY(0x4000),
    BLOCK_DEVICE(0x6000),
    REGULAR(0x8000),
    SYMLINK(0xa000),
    SOCKET(0xc000);

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }

    static FileType of(int mode) {
        for (FileType type : values()) {
            if (type.bits == (mode & 0xf000)) {
                return type;
            }
        }
        throw new IllegalArgumentException("mode without a file type: " + Integer.toOctalString(mode));
    }
}
