package dev.backstay.workflow.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One look at a running job. Pulled by whoever shows it, a few times a second.
///
/// @param state where it stands
/// @param phase what it is doing now, in the words of the house: `VolumeSnapshots`, `files`,
///   `commit`
/// @param itemsDone objects and files finished
/// @param itemsTotal -1 while unknown; never decreases without the phase changing
/// @param bytesDone plain bytes looked at, whether sent or known already
/// @param bytesTotal -1 while unknown
/// @param bytesMoved plain bytes that really went through the network, since the job began
/// @param currentRate bytes per second over the last seconds
/// @param meanRate bytes per second since the phase began
/// @param elapsed since the job began
/// @param remaining estimate, null while there is none
public record JobProgress(
    JobState state,
    String phase,
    long itemsDone,
    long itemsTotal,
    long bytesDone,
    long bytesTotal,
    long bytesMoved,
    double currentRate,
    double meanRate,
    Duration elapsed,
    @Nullable Duration remaining) {}
