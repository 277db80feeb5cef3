package io.caisson.linux.netlink;

/** An address of the link with that index. */
public record LinkAddress(int link, Cidr address) {}
