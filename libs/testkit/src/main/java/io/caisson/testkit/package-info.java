/** Fixtures for the tests of every module: real parts, started small and cleaned up. */
@NullMarked
package io.caisson.testkit;

import org.jspecify.annotations.NullMarked;
