/** Network plans carried out: bridges, links, the packet filter and host ports. */
@NullMarked
package io.caisson.executor.network;

import org.jspecify.annotations.NullMarked;
