package dev.backstay.ui.fx;

import org.kordamp.ikonli.javafx.FontIcon;

/// Icons by their Material Design name, coloured by the style sheets.
public final class Icons {

  private Icons() {}

  /// @param code such as `mdi2d-database`
  public static FontIcon of(String code) {
    FontIcon icon = new FontIcon(code);
    icon.getStyleClass().add("icon");
    return icon;
  }

  /// @param styleClass for a colour: `icon-point`, `icon-ok`
  public static FontIcon of(String code, String styleClass) {
    FontIcon icon = of(code);
    icon.getStyleClass().add(styleClass);
    return icon;
  }
}
