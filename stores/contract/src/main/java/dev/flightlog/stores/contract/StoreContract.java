package dev.flightlog.stores.contract;

/**
 * All promises. A test class implements this and supplies the stores; it closes none, but removes
 * what they leave behind.
 */
public interface StoreContract
    extends AppendContract,
        MergeContract,
        ReadContract,
        AggregateContract,
        AgreementContract,
        ChangesContract,
        ForgetContract,
        SearchContract,
        SearchAgreementContract,
        RolledUpContract,
        LifeContract {}
