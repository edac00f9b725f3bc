// An M/M/c queue on ns-3's simulator core: prints customers served, mean wait, processor seconds.
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <random>
#include "ns3/core-module.h"

using namespace ns3;

static int servers, busy = 0;
static long customers, arrived = 0, served = 0;
static double load, wait = 0;
static std::queue<double> line;
static std::mt19937_64 bits(1);
static std::exponential_distribution<double> unit(1.0);

static void Leave()
{
    served++;
    if (line.empty())
    {
        busy--;
        return;
    }

    wait += Simulator::Now().GetSeconds() - line.front();
    line.pop();
    Simulator::Schedule(Seconds(unit(bits)), &Leave);
}

static void Arrive()
{
    if (++arrived < customers)
    {
        Simulator::Schedule(Seconds(unit(bits) / (servers * load)), &Arrive);
    }

    if (busy < servers)
    {
        busy++;
        Simulator::Schedule(Seconds(unit(bits)), &Leave);
    }
    else
    {
        line.push(Simulator::Now().GetSeconds());
    }
}

int main(int argc, char** argv)
{
    servers = atoi(argv[1]);
    load = atof(argv[2]);
    customers = atol(argv[3]);
    clock_t start = clock();
    Simulator::Schedule(Seconds(0), &Arrive);
    Simulator::Run();
    printf("%ld %g %g\n", served, wait / served, double(clock() - start) / CLOCKS_PER_SEC);
    Simulator::Destroy();
}
