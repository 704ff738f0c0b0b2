using System;
using System.CommandLine;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Records;

using Order = NanoComm.Keys.Order;

namespace NanoComm.Tool
{
    /// <summary>The command <c>order post</c>: by the metering unit, or by hand into the unit's inbox.</summary>
    internal sealed class OrderPost
    {
        private const int Done = 0;
        private const int Refused = 1;
        private const int LongestFile = 4096;

        private readonly Option<string> _file = HostOptions.PathTo("--file", "FILE",
            "The order, as kms order writes it, or an archive of tickets: that which follows the ticket for --unit is taken.");
        private readonly MeterOptions _meter = new();

        private readonly Option<bool> _replace = new("--replace")
        {
            Description = "With --mu: put it in place of one that waits there unanswered. Whether the unit has taken that one nobody knows "
                + "then, until an answer to it comes: better replace it in the key office first.",
        };

        private readonly Option<string> _store = HostOptions.Store("By hand: the unit is a virtual board with this folder of records.");
        private readonly Option<string> _port = HostOptions.PathTo("--port", "PORT", "By hand: the unit is a board at this serial port.");

        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--unit",
            "The title on the unit's label; with --port it is needed, and with an archive.");

        public static Command Make()
        {
            var post = new OrderPost();
            post._file.Required = true;
            var command = new Command("post", "Take an order to its unit: to the Order box of its meter, or by hand. Exit code 0: it is "
                + "there; 1: refused, another one waits there unanswered; 2: not tried, or failed.")
            {
                post._file, post._replace, post._store, post._port, post._unit,
            };
            post._meter.AddTo(command, areRequired: false);
            command.Validators.Add(result =>
            {
                bool HasValue(Option option) => result.GetResult(option) is not null;
                int ways = (HasValue(post._meter.Mu) ? 1 : 0) + (HasValue(post._store) ? 1 : 0) + (HasValue(post._port) ? 1 : 0);
                if (ways != 1)
                {
                    result.AddError("order post: give one of --mu, --store and --port");
                }
                else if (HasValue(post._meter.Mu) && !HasValue(post._meter.Keys))
                {
                    result.AddError("order post: --mu needs --keys, the utility's keys to that metering unit");
                }
                else if (HasValue(post._port) && !HasValue(post._unit))
                {
                    result.AddError("order post: --port needs --unit, the title on the unit's label: a board does not tell it");
                }
            });
            command.Does(post.Run);
            return command;
        }

        private int Run(ParseResult parsed)
        {
            Order order = Read(parsed.GetValue(_file), parsed.GetValue(_unit));
            KmsOptions.Show("Order", ("unit", order.Unit.ToString()), ("order id", Convert.ToHexString(order.Id.Span)));
            CheckUnit("--unit", parsed.GetValue(_unit), order);
            return parsed.GetValue(_store) is string folder ? PutIntoStore(folder, order)
                : parsed.GetValue(_port) is string port ? Deploy(port, order)
                : Post(parsed, order);
        }

        private static Order Read(string path, SystemTitle? unit)
        {
            try
            {
                return TicketArchive.IsOne(path) ? Find(path, unit) : Order.Parse(ReadFile(path));
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--file: {path}: {error.Message}");
            }
            catch (LedgerException error)
            {
                throw new UserError("--file: " + error.Message);
            }
        }

        private static Order Find(string path, SystemTitle? unit)
        {
            if (unit is null)
            {
                throw new UserError($"--file: {path} is an archive of tickets: say with --unit which unit's order is wanted");
            }

            using TicketArchive archive = TicketArchive.Open(path);
            return archive.Find(null, unit).Order ?? throw new UserError($"--file: in {path} no order follows the ticket for the unit {unit}");
        }

        private static byte[] ReadFile(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new byte[LongestFile];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }

        private static void CheckUnit(string source, SystemTitle? unit, Order order)
        {
            if (unit is not null && unit != order.Unit)
            {
                throw new UserError($"{source}: this is the unit {unit}, and the order is for {order.Unit}: take the right one of the two");
            }
        }

        private int Post(ParseResult parsed, Order order)
        {
            using MeterClient meter = _meter.Associate(parsed);
            var box = new OrderBoxView(meter);
            if (box.ReadUnit() is SystemTitle unit && unit != order.Unit)
            {
                throw new UserError($"--mu: the metering unit {meter.Meter} is paired with the unit {unit}, and the order is for {order.Unit}: go "
                    + "to that one's meter, or have the order made for the unit that is here");
            }

            if (!box.TryPost(order, parsed.GetValue(_replace)))
            {
                Console.Error.WriteLine($"nanocomm: refused: another order waits unanswered in the meter {meter.Meter} (order status tells "
                    + "which one). Wait for its answer, or put this one in its place with --replace");
                return Refused;
            }

            Console.WriteLine($"It is in the Order box of the meter {meter.Meter}. The unit looks there every five minutes; order status "
                + "fetches the answer.");
            return Done;
        }

        private static int PutIntoStore(string folder, Order order)
        {
            DurableStore store = UnitFolder.Open(folder, RecordCatalogue.FactoryKeys);
            SystemTitle unit = UnitInstaller.ReadTitle(store)
                ?? throw new UserError($"--store: the unit in {folder} has no factory keys, and opens no order: kms enroll --cu --store puts "
                    + "them there");
            CheckUnit("--store", unit, order);
            if (store.LengthOf(RecordCatalogue.Inbox) >= 0)
            {
                throw new UserError($"--store: something waits in {folder} that the unit has not taken yet (swap or order post put it there): "
                    + "let the unit run, then try again");
            }

            if (!Inbox.TryWrite(store, RecordCatalogue.Inbox, order.Bytes.ToArray()))
            {
                throw new UserError($"--store: {folder} does not take the order; is it full, or write-protected?");
            }

            Console.WriteLine($"It is in the inbox of the unit {order.Unit}, which takes it within ten seconds when it is paired and runs; order "
                + "status --store shows the result.");
            return Done;
        }

        private static int Deploy(string port, Order order)
        {
            new BoardDeployment(port).Run(order.Bytes);
            Console.WriteLine("Deployed. The unit takes the order within ten seconds, or when it starts; its answer goes to its meter, where "
                + "order status --mu fetches it.");
            return Done;
        }
    }
}
