/** Takes the webhooks of GitHub, Slack, Jira and configured providers. */
@NullMarked
package dev.flightlog.server.webhooks;

import org.jspecify.annotations.NullMarked;
