namespace NanoComm.Echonet
{
    /// <summary>
    /// ECHONET property codes that this unit serves (device object specification, Release R: super class 0x0000,
    /// node profile 0x0EF0, low-voltage smart electric energy meter 0x0288, high-voltage ones 0x028A and 0x028F). One code
    /// is another property in another class: E0 to E8 of a high-voltage meter are none of a low-voltage one.
    /// </summary>
    public static class Epc
    {
        /// <summary>Operation status.</summary>
        public const byte OperationStatus = 0x80;

        /// <summary>Installation location.</summary>
        public const byte InstallationLocation = 0x81;

        /// <summary>Standard version information.</summary>
        public const byte StandardVersion = 0x82;

        /// <summary>Identification number.</summary>
        public const byte IdentificationNumber = 0x83;

        /// <summary>Fault status.</summary>
        public const byte FaultStatus = 0x88;

        /// <summary>Fault description.</summary>
        public const byte FaultDescription = 0x89;

        /// <summary>Manufacturer code.</summary>
        public const byte ManufacturerCode = 0x8A;

        /// <summary>Product code.</summary>
        public const byte ProductCode = 0x8C;

        /// <summary>Production number.</summary>
        public const byte ProductionNumber = 0x8D;

        /// <summary>Current time setting; read only here.</summary>
        public const byte CurrentTime = 0x97;

        /// <summary>Current date setting; read only here.</summary>
        public const byte CurrentDate = 0x98;

        /// <summary>Status change announcement property map.</summary>
        public const byte InfMap = 0x9D;

        /// <summary>Set property map.</summary>
        public const byte SetMap = 0x9E;

        /// <summary>Get property map.</summary>
        public const byte GetMap = 0x9F;

        /// <summary>Node profile: number of self-node instances.</summary>
        public const byte SelfNodeInstances = 0xD3;

        /// <summary>Node profile: number of self-node classes.</summary>
        public const byte SelfNodeClasses = 0xD4;

        /// <summary>Node profile: instance list notification.</summary>
        public const byte InstanceListNotification = 0xD5;

        /// <summary>Node profile: self-node instance list S.</summary>
        public const byte SelfNodeInstanceListS = 0xD6;

        /// <summary>Node profile: self-node class list S.</summary>
        public const byte SelfNodeClassListS = 0xD7;

        /// <summary>Meter: route-B identification number.</summary>
        public const byte RouteBId = 0xC0;

        /// <summary>Meter: one-minute measured cumulative energy, both directions.</summary>
        public const byte OneMinuteEnergy = 0xD0;

        /// <summary>Meter: coefficient.</summary>
        public const byte Coefficient = 0xD3;

        /// <summary>Meter: number of effective digits of cumulative energy.</summary>
        public const byte EffectiveDigits = 0xD7;

        /// <summary>Meter: cumulative energy, normal direction.</summary>
        public const byte NormalEnergy = 0xE0;

        /// <summary>Meter: unit of cumulative energy.</summary>
        public const byte EnergyUnit = 0xE1;

        /// <summary>Meter: historical data 1 (a day of half-hours), normal direction.</summary>
        public const byte NormalHistory1 = 0xE2;

        /// <summary>Meter: cumulative energy, reverse direction.</summary>
        public const byte ReverseEnergy = 0xE3;

        /// <summary>Meter: historical data 1 (a day of half-hours), reverse direction.</summary>
        public const byte ReverseHistory1 = 0xE4;

        /// <summary>Meter: day for which historical data 1 is to be retrieved.</summary>
        public const byte History1Day = 0xE5;

        /// <summary>Meter: instantaneous electric power.</summary>
        public const byte InstantaneousPower = 0xE7;

        /// <summary>Meter: instantaneous currents.</summary>
        public const byte InstantaneousCurrents = 0xE8;

        /// <summary>Meter: cumulative energy at fixed time (half-hour), normal direction.</summary>
        public const byte NormalFixedTimeEnergy = 0xEA;

        /// <summary>Meter: cumulative energy at fixed time (half-hour), reverse direction.</summary>
        public const byte ReverseFixedTimeEnergy = 0xEB;

        /// <summary>Meter: historical data 2 (half-hours, both directions).</summary>
        public const byte History2 = 0xEC;

        /// <summary>Meter: time for which historical data 2 is to be retrieved.</summary>
        public const byte History2Time = 0xED;

        /// <summary>Meter: historical data 3 (minutes, both directions).</summary>
        public const byte History3 = 0xEE;

        /// <summary>Meter: time for which historical data 3 is to be retrieved.</summary>
        public const byte History3Time = 0xEF;

        /// <summary>High voltage: monthly maximum demand.</summary>
        public const byte MaximumDemand = 0xC1;

        /// <summary>High voltage: cumulative maximum demand.</summary>
        public const byte CumulativeDemand = 0xC2;

        /// <summary>High voltage: demand at fixed time (the average of a half-hour).</summary>
        public const byte FixedTimeDemand = 0xC3;

        /// <summary>High voltage: number of effective digits of demand.</summary>
        public const byte DemandDigits = 0xC4;

        /// <summary>High voltage: unit of demand.</summary>
        public const byte DemandUnit = 0xC5;

        /// <summary>High voltage: a day of half-hours of demand, normal direction.</summary>
        public const byte NormalDemandHistory = 0xC6;

        /// <summary>High voltage: unit of the cumulative maximum demand.</summary>
        public const byte CumulativeDemandUnit = 0xC7;

        /// <summary>0x028F: a day of half-hours of demand, reverse direction.</summary>
        public const byte ReverseDemandHistory = 0xC8;

        /// <summary>High voltage: reactive energy (lag) for power factor.</summary>
        public const byte PowerFactorReactive = 0xCA;

        /// <summary>High voltage: reactive energy (lag) at fixed time.</summary>
        public const byte FixedTimeReactive = 0xCB;

        /// <summary>High voltage: number of effective digits of reactive energy.</summary>
        public const byte ReactiveDigits = 0xCC;

        /// <summary>High voltage: unit of reactive energy.</summary>
        public const byte ReactiveUnit = 0xCD;

        /// <summary>High voltage: a day of half-hours of reactive energy, normal direction.</summary>
        public const byte NormalReactiveHistory = 0xCE;

        /// <summary>0x028F: a day of half-hours of reactive energy, reverse direction.</summary>
        public const byte ReverseReactiveHistory = 0xCF;

        /// <summary>0x028F: one-minute measured reactive energy (lag), both directions.</summary>
        public const byte OneMinuteReactive = 0xD1;

        /// <summary>High voltage: multiplying factor for the coefficient.</summary>
        public const byte Multiplier = 0xD4;

        /// <summary>0x028F: present reactive energy (lag), both directions.</summary>
        public const byte LagEnergy = 0xD5;

        /// <summary>0x028F: present reactive energy (lead), both directions.</summary>
        public const byte LeadEnergy = 0xD6;

        /// <summary>High voltage: fixed date.</summary>
        public const byte FixedDate = 0xE0;

        /// <summary>High voltage: day for which the days of half-hours are to be retrieved.</summary>
        public const byte HistoryDay = 0xE1;

        /// <summary>High voltage: active energy.</summary>
        public const byte ActiveEnergy = 0xE2;

        /// <summary>High voltage: active energy at fixed time.</summary>
        public const byte FixedTimeActive = 0xE3;

        /// <summary>High voltage: active energy for power factor.</summary>
        public const byte PowerFactorActive = 0xE4;

        /// <summary>High voltage: number of effective digits of active energy.</summary>
        public const byte ActiveDigits = 0xE5;

        /// <summary>High voltage: unit of active energy.</summary>
        public const byte ActiveUnit = 0xE6;

        /// <summary>High voltage: a day of half-hours of active energy, normal direction.</summary>
        public const byte NormalHistory = 0xE7;

        /// <summary>0x028F: a day of half-hours of active energy, reverse direction.</summary>
        public const byte ReverseHistory = 0xE8;

        /// <summary>0x028F: instantaneous power.</summary>
        public const byte BidirectionalPower = 0xEA;

        /// <summary>0x028F: instantaneous currents.</summary>
        public const byte BidirectionalCurrents = 0xEB;

        /// <summary>0x028F: minutes of active energy, both directions.</summary>
        public const byte ActiveMinutes = 0xED;

        /// <summary>0x028F: minutes of reactive energy (lag), both directions.</summary>
        public const byte ReactiveMinutes = 0xEE;

        /// <summary>0x028F: time for which the minutes are to be retrieved.</summary>
        public const byte MinutesTime = 0xEF;
    }
}
