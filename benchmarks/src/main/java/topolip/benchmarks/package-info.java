/// JMH benchmarks.
@NullMarked
package topolip.benchmarks;

import org.jspecify.annotations.NullMarked;
