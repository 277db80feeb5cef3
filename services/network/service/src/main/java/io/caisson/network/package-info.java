/** The flows of networks: attach, detach, the predefined networks. */
@NullMarked
package io.caisson.network;

import org.jspecify.annotations.NullMarked;
