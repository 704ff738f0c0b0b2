using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>A meter that is looked at: its objects, and what is asked of it. What a row changes is put back.</summary>
    public sealed class MeterUnderTest
    {
        private const byte SelfNodeInstanceListS = 0xD6;
        private const int EojLength = 3;

        private readonly Dictionary<(int Eoj, byte Epc), (TestedObject Object, byte[] Value)> _before = new();
        private Watch _watch;

        internal MeterUnderTest(MeterPath path, MeterDialog dialog, ConformanceOptions options, Func<bool> isOver)
        {
            IsOver = isOver;
            Path = path;
            Dialog = dialog;
            Options = options;
            Node = new TestedObject(dialog, EchonetMessage.NodeProfile);
        }

        /// <summary>The way to it.</summary>
        public MeterPath Path { get; }

        /// <summary>Requests and answers.</summary>
        public MeterDialog Dialog { get; }

        /// <summary>How it is looked at.</summary>
        public ConformanceOptions Options { get; }

        /// <summary>Whether the user has ended the run.</summary>
        public Func<bool> IsOver { get; }

        /// <summary>Its node profile.</summary>
        public TestedObject Node { get; }

        /// <summary>Its meters that there are tables of; those of one class, where one was asked for.</summary>
        public IReadOnlyList<TestedObject> Meters { get; private set; } = [];

        /// <summary>What could not be put back.</summary>
        public List<string> NotRestored { get; } = new();

        /// <summary>What was seen over the minutes asked for; null without any. The first call waits for it.</summary>
        internal Watch Watch => Options.Minutes == 0 ? null : _watch ??= MeterConformance.Watch.Run(this);

        /// <summary>The object of a class; null when there is none.</summary>
        public TestedObject Find(int deviceClass)
        {
            return deviceClass == PropertyTables.NodeProfile ? Node : Meters.FirstOrDefault(meter => meter.Class == deviceClass);
        }

        /// <summary>The codes that the node profile lists (D6).</summary>
        public IReadOnlyList<int> Instances => ReadList(Node.Value(SelfNodeInstanceListS), EojLength);

        /// <summary>Looks which meters there are.</summary>
        /// <exception cref="MeterSilentException">Nothing answers.</exception>
        internal void Discover()
        {
            Meters = Instances.Where(eoj => PropertyTables.Meters.Contains(eoj >> 8))
                .Where(eoj => Options.Class == 0 || eoj >> 8 == Options.Class)
                .Select(eoj => new TestedObject(Dialog, eoj)).ToList();
        }

        /// <summary>A list of codes behind their count.</summary>
        internal static IReadOnlyList<int> ReadList(byte[] list, int length)
        {
            return Enumerable.Range(0, list == null ? 0 : (list.Length - 1) / length)
                .Select(i => list.Skip(1 + (i * length)).Take(length).Aggregate(0, (sum, one) => (sum << 8) | one)).ToList();
        }

        /// <summary>Sets a property, which is put back when the row is over.</summary>
        /// <param name="target">Whose.</param>
        /// <param name="epc">Which.</param>
        /// <param name="value">To what.</param>
        /// <param name="end">From where.</param>
        /// <returns>The answer.</returns>
        public EchonetMessage Set(TestedObject target, byte epc, byte[] value, PathEnd end = PathEnd.Controller)
        {
            Remember(target, epc, end);
            return Dialog.Ask(MeterDialog.Request(target.Eoj, EchonetMessage.SetC, (epc, value)), end);
        }

        /// <summary>Has a property put back when the row is over.</summary>
        public void Remember(TestedObject target, byte epc, PathEnd end = PathEnd.Controller)
        {
            if (end == PathEnd.Controller)
            {
                _before.TryAdd((target.Eoj, epc), (target, target.Read(epc)));
            }
        }

        /// <summary>Puts back what was set.</summary>
        internal void Restore()
        {
            foreach (((int eoj, byte epc), (TestedObject target, byte[] value)) in _before)
            {
                string name = $"{eoj:X6} {epc:X2}";
                if (value == null)
                {
                    NotRestored.Add($"{name} was not told before it was set");
                    continue;
                }

                try
                {
                    EchonetMessage answer = Dialog.Ask(MeterDialog.Request(eoj, EchonetMessage.SetC, (epc, value)));
                    byte[] now = target.Read(epc);
                    if (answer.Esv != EchonetMessage.SetRes || now == null || !now.SequenceEqual(value))
                    {
                        NotRestored.Add($"{name} was {ToText(value)} and is {ToText(now)}");
                    }
                }
                catch (MeterSilentException error)
                {
                    NotRestored.Add($"{name} was {ToText(value)}: {error.Message}");
                }
            }

            _before.Clear();
        }

        internal static string ToText(byte[] value)
        {
            return value == null ? "refused" : Convert.ToHexString(value);
        }
    }
}
