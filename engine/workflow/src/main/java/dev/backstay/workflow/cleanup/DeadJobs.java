package dev.backstay.workflow.cleanup;

import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.TemporaryObjects;
import dev.backstay.cluster.temporary.TemporaryObjects.Found;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.journal.OpenJournal;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What dead jobs of this installation left in a cluster is removed before a new job begins there.
/// The dead jobs stay what they are: they can still be taken up.
public final class DeadJobs {

  private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/");

  private final Journals journals;
  private final String installation;
  private final ClusterSession cluster;

  public DeadJobs(Journals journals, String installation, ClusterSession cluster) {
    this.journals = journals;
    this.installation = installation;
    this.cluster = cluster;
  }

  /// Contacts the cluster only if a journal says that something is left. What cannot be removed is
  /// a warning of the job that begins.
  public void sweep(JobContext context) {
    List<JournalView> dead =
        journals.leftovers().stream()
            .filter(view -> cluster.clusterId().equals(view.spec().clusterId()))
            .filter(view -> !view.job().equals(context.id()))
            .toList();
    if (dead.isEmpty()) {
      return;
    }
    context.journal().step("clean-up after dead jobs");
    context.progress().phase("clean-up after dead jobs");
    dead.forEach(view -> claimed(view, context));
  }

  /// Nobody else may take the job up meanwhile.
  private void claimed(JournalView view, JobContext context) {
    journals
        .claim(view.job())
        .ifPresent(journal -> {
          try (journal) {
            remove(view, journal, context);
          } catch (EngineException e) {
            context.warn(ItemFailure.of("job " + view.job(), e));
          }
        });
  }

  private void remove(JournalView view, OpenJournal journal, JobContext context) {
    context.log("removing what job " + view.job() + " left behind");
    TemporaryObjects objects = new TemporaryObjects(cluster.connection(), cluster.types());
    boolean allSeen = true;
    for (String namespace : namespaces(view)) {
      var listing = objects.find(installation, namespace);
      List<Found> found =
          listing.items().stream().filter(one -> one.job().equals(view.job().text())).toList();
      List<ItemFailure> left = objects.remove(found, Creations.UNHEARD);
      left.forEach(context::warn);
      allSeen &= left.isEmpty() && listing.warnings().isEmpty();
    }
    if (allSeen) {
      view.leftovers().forEach(journal::removed);
    }
  }

  private static Set<String> namespaces(JournalView view) {
    return view.leftovers().stream()
        .map(NAMESPACE::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toSet());
  }
}
