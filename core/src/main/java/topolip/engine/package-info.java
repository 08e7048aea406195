/// How the independent units of a measurement run.
@NullMarked
package topolip.engine;

import org.jspecify.annotations.NullMarked;
