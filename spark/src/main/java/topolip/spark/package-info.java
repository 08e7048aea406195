/// Units on Apache Spark.
@NullMarked
package topolip.spark;

import org.jspecify.annotations.NullMarked;
