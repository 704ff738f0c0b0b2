using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NanoComm.Echonet;

namespace NanoComm.Bench
{
    /// <summary>The node alone: one Get of seven properties, from request buffer to response length.</summary>
    public class NodeBench
    {
        private const double WantedPerSecond = 5_000_000;

        private readonly byte[] _request = Frames.GetSeven;
        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private readonly EchonetNode _node = SteadyUnit.MakeNode();
        private readonly Terminal _terminal;

        /// <summary>Makes the node and who asks it.</summary>
        public NodeBench()
        {
            _terminal = new Terminal(_node);
        }

        /// <summary>Answers one request.</summary>
        [Benchmark]
        public int Get7()
        {
            return _node.Handle(_request, _request.Length, _terminal, 1, _response);
        }

        internal static IEnumerable<Figure> Run()
        {
            IConfig config = ManualConfig.CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddLogger(NullLogger.Instance);
            BenchmarkReport report = BenchmarkRunner.Run<NodeBench>(config).Reports.Single();
            double perSecond = 1e9 / report.ResultStatistics.Mean;
            long? allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
            yield return new Figure("node, Get of 7: requests/s on one core", $"at least {WantedPerSecond:N0}",
                $"{perSecond:N0}", perSecond >= WantedPerSecond);
            yield return new Figure("node, Get of 7: bytes allocated a request", "0",
                allocated?.ToString() ?? "not measured", allocated == 0);
        }
    }
}
