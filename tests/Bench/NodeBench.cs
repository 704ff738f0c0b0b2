using System;
using System.Collections.Generic;
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
using NanoComm.Metering;

namespace NanoComm.Bench
{
    /// <summary>The node alone: one Get of seven properties, from request buffer to response length, at low and at high
    /// voltage.</summary>
    public class NodeBench
    {
        private static readonly Dictionary<MeterClass, double> WantedPerSecond = new()
        {
            [MeterClass.LowVoltage] = 5_000_000, [MeterClass.HighVoltage] = 4_000_000,
        };

        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private byte[] _request;
        private EchonetNode _node;
        private Terminal _terminal;

        /// <summary>The class of the metering unit.</summary>
        [Params(MeterClass.LowVoltage, MeterClass.HighVoltage)]
        public MeterClass Class { get; set; }

        /// <summary>Makes the node and who asks it.</summary>
        [GlobalSetup]
        public void MakeNode()
        {
            _request = Class == MeterClass.LowVoltage ? Frames.GetSeven : Frames.GetSevenHighVoltage;
            _node = SteadyUnit.MakeNode(Class);
            _terminal = new Terminal(_node);
            if (Get7() == 0 || _response[EchonetFrame.EsvOffset] != Esv.GetRes)
            {
                throw new InvalidOperationException("the node does not answer all seven properties");
            }
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
            foreach (BenchmarkReport report in BenchmarkRunner.Run<NodeBench>(config).Reports)
            {
                var meterClass = (MeterClass)report.BenchmarkCase.Parameters[nameof(Class)];
                string what = meterClass == MeterClass.LowVoltage ? "node, Get of 7" : "node, Get of 7 at 028F";
                double wanted = WantedPerSecond[meterClass];
                double perSecond = 1e9 / report.ResultStatistics.Mean;
                long? allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
                yield return new Figure($"{what}: requests/s on one core", $"at least {wanted:N0}", $"{perSecond:N0}",
                    perSecond >= wanted);
                yield return new Figure($"{what}: bytes allocated a request", "0",
                    allocated?.ToString() ?? "not measured", allocated == 0);
            }
        }
    }
}
