/** The engine against recording doubles of the services, over real sockets. */
@NullMarked
package io.caisson.engine;

import org.jspecify.annotations.NullMarked;
