using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Virtual
{
    /// <summary>With which route-B id and password the unit runs: those of the options, else those of its store, else,
    /// in the simulated air, a pair that everybody knows. A unit with factory keys has none before the utility orders it.</summary>
    internal sealed class UnitCredentials
    {
        private UnitCredentials(string text)
        {
            Text = text;
        }

        /// <summary>What the views say. It shows the made-up pair, which protects nothing, and no other.</summary>
        public string Text { get; }

        /// <summary>Sees to it that the unit finds its credentials in its store.</summary>
        /// <exception cref="UserError">They are no credentials, cannot be kept, or would protect nothing in a real
        /// air.</exception>
        public static UnitCredentials Settle(Options options, IDurableStore store)
        {
            if (options.RouteB is not null)
            {
                Keep(options.RouteB, store);
                return new UnitCredentials(
                    "id and password as given" + (options.Store is null ? "" : ", kept in the store"));
            }

            bool isSimulated = options.WiSun == WiSunSource.Simulated;
            RouteBCredentials present = RouteBCredentials.Read(store);
            bool isEnrolled = store.LengthOf(RecordCatalogue.FactoryKeys) >= 0;
            bool areMadeUp = present is null ? isSimulated && !isEnrolled : present.IsSameAs(RouteBCredentials.MadeUp);
            if (areMadeUp && !isSimulated && options.WiSun != WiSunSource.None)
            {
                throw new UserError("--wisun: the unit's route-B id and password are the made-up pair that everybody knows; "
                    + "give --route-b-id and --route-b-password-file, or make others by 'nanocomm credentials --store DIR'");
            }

            if (areMadeUp)
            {
                Keep(RouteBCredentials.MadeUp, store);
                return new UnitCredentials(
                    $"made-up id {RouteBCredentials.MadeUp.Id}, password {RouteBCredentials.MadeUp.Password}");
            }

            return new UnitCredentials(present is null
                ? isEnrolled ? "the B route is closed until the utility opens it (kms order open)"
                : "no id and password: nobody can join; 'nanocomm credentials --store DIR' makes some"
                : "id and password of the store");
        }

        private static void Keep(RouteBCredentials credentials, IDurableStore store)
        {
            if (!credentials.Write(store))
            {
                throw new UserError($"--store: the folder did not take the record '{RouteBCredentials.RecordName}'");
            }
        }
    }
}
