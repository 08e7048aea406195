package topolip.profile;

import java.util.List;

/// What `result.json` holds: every model's profile, and how it was made.
///
/// @param schemaVersion of the file format, 1
/// @param comparisons one for each pair of models, per degree; empty for a single model
public record RunResult(
    int schemaVersion,
    Provenance provenance,
    List<ModelProfile> models,
    List<Comparison> comparisons) {

  public static final int SCHEMA_VERSION = 1;
}
