using System;
using System.Linq;
using NanoComm.Fleet;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Fleet
{
    /// <summary>Households that are made of a recorded one.</summary>
    [TestFixture]
    public sealed class HouseholdTests
    {
        private static readonly HouseholdShares Nothing = new(0, 0, 0);
        private static readonly HouseholdShares Everything = new(100, 100, 100);

        [Test]
        public void The_same_seed_and_number_make_the_same_household_and_another_number_another_one()
        {
            long[] Energies(int seed, int number) => Enumerable.Range(1, 48)
                .Select(hour => Make(seed, number, Everything).MakeProfile(0).NormalAt(NetProfile.Anchor.AddHours(hour))).ToArray();

            Assert.That(Energies(7, 3), Is.EqualTo(Energies(7, 3)));
            Assert.That(Energies(7, 3), Is.Not.EqualTo(Energies(7, 4)));
            Assert.That(Energies(7, 3), Is.Not.EqualTo(Energies(8, 3)));
        }

        [Test]
        public void Without_anything_beside_it_takes_its_share_of_what_was_recorded()
        {
            for (int number = 0; number < 20; number++)
            {
                Household household = Make(1, number, Nothing);
                Assert.That(household.Scale, Is.InRange(50, 150));
                Assert.That((household.PlantWatts, household.ChargerWatts, household.BatteryKilowattHours), Is.EqualTo((0, 0, 0)));

                HouseholdData recorded = HouseholdData.Recorded;
                double whole = Enumerable.Range(0, recorded.Minutes).Sum(minute => 60.0 * recorded.ActiveWatts(minute));
                long energy = household.MakeProfile(0).NormalAt(NetProfile.Anchor.AddDays(recorded.Days));

                // A watt is lost to rounding in a minute at most.
                Assert.That(energy, Is.EqualTo(whole * household.Scale / 100).Within(60 * recorded.Minutes));
            }
        }

        [Test]
        public void With_everything_it_has_what_the_rules_say()
        {
            for (int number = 0; number < 50; number++)
            {
                Household household = Make(1, number, Everything);
                Assert.That(household.PlantWatts, Is.InRange(2000, 6000));
                Assert.That(household.ChargerWatts, Is.AnyOf(3000, 6000));
                Assert.That(household.BatteryKilowattHours, Is.InRange(4, 10));
            }
        }

        [Test]
        public void A_share_is_had_by_about_so_many()
        {
            int with = Enumerable.Range(0, 1000).Count(number => Make(1, number, new HouseholdShares(30, 0, 0)).PlantWatts > 0);
            Assert.That(with, Is.InRange(250, 350));
        }

        [Test]
        public void A_battery_shifts_energy_and_makes_none()
        {
            int number = Enumerable.Range(0, 100).First(one => Make(1, one, Everything).PlantWatts >= 4000);
            NetProfile with = Make(1, number, Everything).MakeProfile(0);
            NetProfile without = Make(1, number, new HouseholdShares(100, 100, 0)).MakeProfile(0);
            DateTime end = NetProfile.Anchor.AddDays(HouseholdData.Recorded.Days);

            Assert.That(with.ReverseAt(end), Is.LessThan(without.ReverseAt(end)), "less is fed in");
            Assert.That(with.NormalAt(end), Is.LessThan(without.NormalAt(end)), "and less is drawn");
            Assert.That(with.NormalAt(end) - with.ReverseAt(end), Is.EqualTo(without.NormalAt(end) - without.ReverseAt(end)),
                "over the days that repeat");
        }

        private static Household Make(int seed, int number, HouseholdShares shares)
        {
            return new Household(HouseholdData.Recorded, seed, number, shares);
        }
    }
}
