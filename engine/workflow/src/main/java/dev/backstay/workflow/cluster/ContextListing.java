package dev.backstay.workflow.cluster;

import dev.backstay.model.ContextInfo;
import dev.backstay.model.ItemFailure;
import java.util.List;

/// Every context of the kubeconfigs, and what could not be read of them.
public record ContextListing(List<ContextInfo> contexts, List<ItemFailure> problems) {}
