package dev.flightlog.springbootstarter.agents;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.springbootstarter.FlightlogAutoConfiguration;
import org.springframework.aop.Advisor;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Beans with {@code @LogAgentExecution} are proxied by Spring AOP, and their executions recorded.
 */
@AutoConfiguration(after = FlightlogAutoConfiguration.class)
@ConditionalOnProperty(
    prefix = "flightlog.agents",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@Import(FlightlogAgentAutoConfiguration.ProxyCreator.class)
public class FlightlogAgentAutoConfiguration {
  /** Outside transactions, retries and executors, so that one call is one execution. */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

  /** Made once, by Spring. */
  public FlightlogAgentAutoConfiguration() {}

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor flightlogAgentAdvisor(ObjectProvider<FlightRecorder> recorder) {
    DefaultPointcutAdvisor advisor =
        new DefaultPointcutAdvisor(new AgentPointcut(), new AgentInterceptor(recorder));
    advisor.setOrder(ORDER);
    return advisor;
  }

  /** Makes the proxies, whether or not the application uses AspectJ. */
  static final class ProxyCreator implements ImportBeanDefinitionRegistrar {
    @Override
    public void registerBeanDefinitions(
        AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
      AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
    }
  }
}
