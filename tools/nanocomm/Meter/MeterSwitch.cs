using System;
using System.CommandLine;
using System.Globalization;
using NanoComm.CommandLine;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>The command <c>meter switch</c>: the metering unit's soft switch, 0-0:96.129.0.</summary>
    internal sealed class MeterSwitch
    {
        private const ushort DataClass = 1;
        private const byte Value = 2;

        private static readonly Obis Name = Obis.Parse("0.0.96.129.0.255");
        private static readonly string[] Positions = ["1", "5", "15", "30"];

        private readonly MeterOptions _meter = new();

        private readonly Argument<string> _minutes = new("MINUTES")
        {
            Description = $"{string.Join(", ", Positions)}; without it the switch is only looked at.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        public static Command Make()
        {
            var command = new MeterSwitch();
            HostOptions.AllowOnly(command._minutes, Positions);
            var made = new Command("switch", "Say which granularity of readings is sent up: the meter's soft switch. Exit code 0: it stands "
                + "there; 1: the meter refused.")
            {
                command._minutes,
            };
            command._meter.AddTo(made, areRequired: true);
            made.Does(command.Run);
            return made;
        }

        private int Run(ParseResult parsed)
        {
            using MeterClient meter = _meter.Associate(parsed);
            try
            {
                byte before = Read(meter);
                byte wanted = parsed.GetValue(_minutes) is string minutes ? byte.Parse(minutes, CultureInfo.InvariantCulture) : before;
                if (wanted == before)
                {
                    Console.WriteLine($"the switch of {meter.Meter} stands at {before} minutes");
                    return 0;
                }

                meter.Set(DataClass, Name, Value, [(byte)DataTag.Unsigned, wanted]);
                Console.WriteLine($"the switch of {meter.Meter} stands at {Read(meter)} minutes, before at {before}");
                return 0;
            }
            catch (MeterRefusal refusal)
            {
                Console.Error.WriteLine($"nanocomm: the metering unit {meter.Meter} refuses: {refusal.Message}. Its soft switch is the object "
                    + $"{Name}, which the utility reads and sets at SAP 1; a meter without it always sends the same");
                return 1;
            }
        }

        private static byte Read(MeterClient meter)
        {
            return CosemValue.ToNumber(meter.Get(DataClass, Name, Value)) is decimal minutes and >= 0 and <= byte.MaxValue ? (byte)minutes
                : throw new UserError($"the metering unit {meter.Meter} has something else than a number at {Name}");
        }
    }
}
