/**
 * Every setting, defined once in {@link dev.flightlog.home.settings.Setting}, and the values of one
 * home: {@link dev.flightlog.home.settings.Settings}.
 */
@NullMarked
package dev.flightlog.home.settings;

import org.jspecify.annotations.NullMarked;
