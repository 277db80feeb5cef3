/** Networks, endpoints and addresses: plans that the executor carries out. */
@NullMarked
package io.caisson.network.api;

import org.jspecify.annotations.NullMarked;
