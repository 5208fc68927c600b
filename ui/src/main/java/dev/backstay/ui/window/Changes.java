package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineChange;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps what is shown up with what the engine, other processes and the kubeconfigs do. Many
/// changes at once cost one reading.
final class Changes {

  private static final Duration PAUSE = Duration.millis(150);
  private static final Duration FILES = Duration.seconds(2);

  /// A process that was killed tells nobody: its jobs are looked for now and then.
  private static final Duration JOBS = Duration.seconds(30);

  private final Desk desk;
  private final AtomicBoolean points = new AtomicBoolean();
  private final AtomicBoolean jobs = new AtomicBoolean();
  private final PauseTransition pause = new PauseTransition(PAUSE);
  private final Timeline files;
  private final Timeline processes;
  private Engine.@Nullable Subscription subscription;

  Changes(Desk desk) {
    this.desk = desk;
    pause.setOnFinished(_ -> read());
    files = new Timeline(new KeyFrame(FILES, _ -> desk.clusters().follow()));
    files.setCycleCount(Timeline.INDEFINITE);
    processes = new Timeline(new KeyFrame(JOBS, _ -> desk.jobs().load()));
    processes.setCycleCount(Timeline.INDEFINITE);
  }

  void start() {
    subscription = desk.engine().subscribe(this::changed);
    files.play();
    processes.play();
  }

  private void changed(EngineChange change) {
    switch (change) {
      case EngineChange.RestorePoints _, EngineChange.Repositories _ -> points.set(true);
      case EngineChange.Jobs _ -> jobs.set(true);
      case EngineChange.Everything _ -> {
        points.set(true);
        jobs.set(true);
      }
      case EngineChange.JobLog _ -> {
        return; // whoever shows a log pulls it
      }
    }
    desk.background().onFx(pause::playFromStart);
  }

  private void read() {
    if (points.getAndSet(false)) {
      desk.points().load();
    }
    if (jobs.getAndSet(false)) {
      desk.jobs().load();
    }
  }

  void close() {
    files.stop();
    processes.stop();
    pause.stop();
    if (subscription != null) {
      Engine.Subscription closing = subscription;
      Thread.startVirtualThread(closing::close);
    }
  }
}
