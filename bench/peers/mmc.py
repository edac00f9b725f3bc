"""An M/M/c queue on SimPy (version 2 as Debian has it, or 3 and later): prints customers served, mean wait, processor seconds."""
import random
import sys
import time

servers, load, customers = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
random.seed(1)
waits = [0.0, 0]

try:
    import simpy

    def customer(env, desk):
        since = env.now
        with desk.request() as request:
            yield request
            waits[0] += env.now - since
            waits[1] += 1
            yield env.timeout(random.expovariate(1.0))

    def source(env, desk):
        for _ in range(customers):
            yield env.timeout(random.expovariate(servers * load))
            env.process(customer(env, desk))

    def run():
        env = simpy.Environment()
        env.process(source(env, simpy.Resource(env, servers)))
        env.run()
except ImportError:
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    class Customer(Process):
        def visit(self, desk):
            since = self.sim.now()
            yield request, self, desk
            waits[0] += self.sim.now() - since
            waits[1] += 1
            yield hold, self, random.expovariate(1.0)
            yield release, self, desk

    class Source(Process):
        def generate(self, desk):
            for _ in range(customers):
                yield hold, self, random.expovariate(servers * load)
                one = Customer(sim=self.sim)
                self.sim.activate(one, one.visit(desk))

    def run():
        simulation = Simulation()
        simulation.initialize()
        source = Source(sim=simulation)
        simulation.activate(source, source.generate(Resource(capacity=servers, sim=simulation)))
        simulation.simulate(until=1e12)

start = time.process_time()
run()
print(waits[1], waits[0] / waits[1], time.process_time() - start)
