package dev.backstay.cluster.connection;

import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A connection that did not come to be or broke, as an error of ours.
final class Breakage {

  private final String context;
  private final String server;

  Breakage(String context, String server) {
    this.context = context;
    this.server = server;
  }

  EngineException of(IOException e) {
    if (e instanceof CarriedException carried) {
      return carried.error();
    }
    if (e instanceof SSLException) {
      return tls(e);
    }
    if (e instanceof InterruptedIOException) {
      return new TimedOutException(
          "cluster.timed-out",
          "the server of context " + context + " (" + server + ") does not answer",
          "check the network, the VPN and whether the cluster runs",
          e);
    }
    if (e instanceof UnknownHostException) {
      return unreachable("its name or its proxy's is not known to the DNS", e);
    }
    return unreachable(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT), e);
  }

  private UnreachableException unreachable(String why, IOException e) {
    return new UnreachableException(
        "cluster.unreachable",
        "the server of context " + context + " (" + server + ") cannot be reached: " + why,
        "check the network, the VPN and the proxy, and whether the cluster runs",
        e);
  }

  private EngineException tls(IOException e) {
    String said = String.valueOf(e.getMessage());
    if (said.contains("Received fatal alert") && said.contains("certificate")) {
      return new UnauthenticatedException(
          "cluster.certificate-refused",
          "the server of context " + context + " does not accept the client certificate",
          "it may have expired: fetch the kubeconfig again",
          e);
    }
    if (said.contains("plaintext") || said.contains("Unsupported or unrecognized SSL message")) {
      return invalid(
          "cluster.tls-plain", "does not speak TLS", "check the port, or write http://", e);
    }
    if (e instanceof SSLPeerUnverifiedException) {
      return invalid(
          "cluster.tls-name",
          "shows a certificate for another name",
          "set tls-server-name of the cluster to the name in the certificate",
          e);
    }
    return untrusted(e);
  }

  private EngineException untrusted(IOException e) {
    if (caused(e, CertificateExpiredException.class)
        || caused(e, CertificateNotYetValidException.class)) {
      return invalid(
          "cluster.tls-expired",
          "shows a certificate that is not valid at this time",
          "check this machine's clock; else the cluster's administrator has to renew it",
          e);
    }
    if (caused(e, CertPathBuilderException.class) || caused(e, CertPathValidatorException.class)) {
      return invalid(
          "cluster.tls-untrusted",
          "shows a certificate that the context's certificate authority did not sign",
          "fetch the kubeconfig again: the cluster may have been made anew, or it is another one",
          e);
    }
    return unreachable("the TLS connection broke", e);
  }

  private static boolean caused(Throwable e, Class<? extends Exception> by) {
    return Stream.iterate(e, java.util.Objects::nonNull, Throwable::getCause)
        .anyMatch(by::isInstance);
  }

  private InvalidInputException invalid(String code, String what, String remedy, IOException e) {
    return new InvalidInputException(
        code, "the server of context " + context + " (" + server + ") " + what, remedy, e);
  }
}
