package io.caisson.container.config;

import io.caisson.kernel.Fault;
import java.util.BitSet;

/** Lists of processors or memory nodes as the kernel writes them: {@code 0-3,7}. */
final class CpuSets {
    private static final int MOST = 8192;

    private CpuSets() {}

    /** INVALID in Docker's words for what is no such list or asks for more than there is. */
    static void require(String option, String what, String asked, String available) {
        BitSet wanted;
        try {
            wanted = parse(asked);
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Kind.INVALID, "Invalid value " + asked + " for " + option, e);
        }
        wanted.andNot(parse(available));
        if (!wanted.isEmpty()) {
            throw Fault.invalid(
                    "Requested " + what + " are not available - requested " + asked + ", available: " + available);
        }
    }

    static BitSet parse(String list) {
        var set = new BitSet();
        if (list.isBlank()) {
            return set;
        }
        for (String part : list.strip().split(",", -1)) {
            String[] ends = part.split("-", 2);
            int first = number(ends[0]);
            int last = ends.length == 2 ? number(ends[1]) : first;
            if (last < first) {
                throw new IllegalArgumentException(part);
            }
            set.set(first, last + 1);
        }
        return set;
    }

    private static int number(String text) {
        int number = Integer.parseUnsignedInt(text);
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }
}
