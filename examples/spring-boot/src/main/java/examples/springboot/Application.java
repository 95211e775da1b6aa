package examples.springboot;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Two agents as beans. The home: {@code --flightlog.home=DIR}. */
@SpringBootApplication
public class Application {
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments).close();
  }

  @Bean
  CommandLineRunner work(Planner planner) {
    return arguments -> System.out.println(planner.plan("bees"));
  }
}
