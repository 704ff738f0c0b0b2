using System;
using System.CommandLine;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Records;

using Order = NanoComm.Keys.Order;
using OrderAnswer = NanoComm.Keys.OrderAnswer;

namespace NanoComm.Tool
{
    /// <summary>The command <c>order status</c>: what waits in a meter's Order box, or what a unit has taken.</summary>
    internal sealed class OrderStatus
    {
        private const int Done = 0;
        private const int NoAnswer = 1;

        private readonly MeterOptions _meter = new();
        private readonly Option<string> _store = HostOptions.Store("The unit is a virtual board with this folder of records: look what it "
            + "has taken.");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "FILE", "Where the answer goes, for kms answer.");

        public static Command Make()
        {
            var status = new OrderStatus();
            var command = new Command("status", "What became of an order: in its meter, or in the unit. Exit code 0: there is an answer; "
                + "1: there is none yet; 2: not tried, or failed.")
            {
                status._store, status._out,
            };
            status._meter.AddTo(command, areRequired: false);
            command.Validators.Add(result =>
            {
                bool HasValue(Option option) => result.GetResult(option) is not null;
                if (HasValue(status._meter.Mu) == HasValue(status._store))
                {
                    result.AddError("order status: give either --mu or --store");
                }
                else if (HasValue(status._meter.Mu) && !HasValue(status._meter.Keys))
                {
                    result.AddError("order status: --mu needs --keys, the utility's keys to that metering unit");
                }
            });
            command.Does(status.Run);
            return command;
        }

        private int Run(ParseResult parsed)
        {
            bool waits = false;
            byte[] answer = parsed.GetValue(_store) is string folder ? LookInto(folder) : LookAt(parsed, out waits);
            if (answer.Length == 0)
            {
                return NoAnswer;
            }

            Show(answer);
            if (parsed.GetValue(_out) is string path)
            {
                DurableFile.Write(path, answer);
                Console.WriteLine($"The answer for the key office: {path} (kms answer {path})");
            }

            return waits ? NoAnswer : Done;
        }

        private byte[] LookAt(ParseResult parsed, out bool waits)
        {
            using MeterClient meter = _meter.Associate(parsed);
            var box = new OrderBoxView(meter);
            byte[] order = box.ReadOrder();
            waits = order.Length > 0 || box.ReadHint() != 0;
            if (waits)
            {
                Console.WriteLine($"An order waits unanswered in the meter {meter.Meter}: {Describe(order)}. The unit looks there every five "
                    + "minutes.");
            }
            else
            {
                Console.WriteLine($"No order waits in the meter {meter.Meter}.");
            }

            byte[] answer = box.ReadAnswer();
            if (answer.Length == 0)
            {
                Console.WriteLine("There is no answer.");
            }
            else if (waits)
            {
                Console.WriteLine("The answer that is there is to an order before that one:");
            }

            return answer;
        }

        private static string Describe(byte[] bytes)
        {
            try
            {
                var order = Order.Parse(bytes);
                return $"order {Convert.ToHexString(order.Id.Span)} for the unit {order.Unit}";
            }
            catch (InvalidDataException)
            {
                return "one that is cut off or damaged; post it again with --replace";
            }
        }

        private static byte[] LookInto(string folder)
        {
            DurableStore store = UnitFolder.Look(folder);
            RecordCheck.One(folder, RecordCatalogue.Order);
            byte[] record = StoredRecord.Read(store, RecordCatalogue.Order);
            if (store.LengthOf(RecordCatalogue.Inbox) >= 0)
            {
                Console.WriteLine("Something waits in the unit's inbox that it has not taken yet.");
            }

            if (record is null)
            {
                Console.WriteLine("The unit has taken no order.");
                return [];
            }

            var taken = TakenOrder.Parse(record)
                ?? throw new UserError($"--store: the record {RecordCatalogue.Order} in {folder} is of a form that this program does not know");
            KmsOptions.Show(taken.Phase switch
                {
                    0 => "Taken, and being carried out",
                    1 => "Carried out; the meter has not fetched the answer yet",
                    _ => "Carried out; the meter has the answer",
                },
                ("number", $"{taken.Number}"), ("order id", taken.Id), ("meter", taken.Meter.ToString()));
            return taken.Answer;
        }

        // What it says is the unit's word only when the key office has checked it.
        private static void Show(byte[] bytes)
        {
            try
            {
                var answer = OrderAnswer.Parse(bytes);
                KmsOptions.Show($"Answer: {OrderWords.Of(answer.Result)}",
                    ("order id", Convert.ToHexString(answer.OrderId.Span)), ("unit", answer.Unit.ToString()), ("number", $"{answer.Number}"),
                    ("answered at", answer.Time.ToString()), ("authentic?", "kms answer tells"));
            }
            catch (InvalidDataException error)
            {
                KmsOptions.Warn($"There is an answer of {bytes.Length} bytes, but {error.Message}");
            }
        }
    }
}
