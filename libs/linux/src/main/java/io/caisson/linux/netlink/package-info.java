/** Links, addresses, routes and connection tracking through netlink sockets. */
@NullMarked
package io.caisson.linux.netlink;

import org.jspecify.annotations.NullMarked;
