/** Packet filter and NAT rules through libnftables. */
@NullMarked
package io.caisson.linux.nft;

import org.jspecify.annotations.NullMarked;
