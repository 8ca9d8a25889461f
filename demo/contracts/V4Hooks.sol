// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

struct HookedPool {
    address currency0;
    address currency1;
    uint24 fee;
    int24 tickSpacing;
    address hooks;
}

struct HookedLiquidity {
    int24 tickLower;
    int24 tickUpper;
    int256 liquidityDelta;
    bytes32 salt;
}

struct HookedSwap {
    bool zeroForOne;
    int256 amountSpecified;
    uint160 sqrtPriceLimitX96;
}

interface HookedManager {
    function updateDynamicLPFee(HookedPool calldata key, uint24 newDynamicLPFee) external;
    function take(address currency, address to, uint256 amount) external;
    function sync(address currency) external;
    function settle() external payable returns (uint256);
}

interface HookedToken {
    function transfer(address to, uint256 value) external returns (bool);
}

/// Sets the fee of dynamic-fee pools, lasting or for each swap. Wants the permission beforeSwap.
contract V4FeeHook {
    /// Fee of the swaps that follow, in pips, instead of the pool's; 2^24 - 1 for none.
    uint24 public overriding = type(uint24).max;

    function setFee(HookedManager manager, HookedPool calldata key, uint24 fee) external {
        manager.updateDynamicLPFee(key, fee);
    }

    function setOverride(uint24 fee) external {
        overriding = fee;
    }

    function beforeSwap(address, HookedPool calldata, HookedSwap calldata, bytes calldata)
        external
        view
        returns (bytes4, int256, uint24)
    {
        return (this.beforeSwap.selector, 0, overriding == type(uint24).max ? 0 : overriding | 0x400000);
    }
}

/// Takes a tenth of what is paid out for liquidity, and of what a swap pays out (or, of exact output, pays in). Wants
/// the permissions afterRemoveLiquidity and afterSwap, both with their returned deltas.
contract V4TakingHook {
    function afterRemoveLiquidity(
        address,
        HookedPool calldata key,
        HookedLiquidity calldata,
        int256 delta,
        int256,
        bytes calldata
    ) external returns (bytes4, int256) {
        int128 taken0 = tenth(int128(delta >> 128));
        int128 taken1 = tenth(int128(delta));
        take(key.currency0, taken0);
        take(key.currency1, taken1);
        return (this.afterRemoveLiquidity.selector, (int256(taken0) << 128) | int256(uint128(taken1)));
    }

    function afterSwap(address, HookedPool calldata key, HookedSwap calldata params, int256 delta, bytes calldata)
        external
        returns (bytes4, int128)
    {
        bool of0 = (params.amountSpecified < 0) != params.zeroForOne;
        int128 taken = tenth(of0 ? int128(delta >> 128) : int128(delta));
        take(of0 ? key.currency0 : key.currency1, taken);
        return (this.afterSwap.selector, taken);
    }

    function tenth(int128 amount) private pure returns (int128) {
        return (amount < 0 ? -amount : amount) / 10;
    }

    function take(address currency, int128 amount) private {
        if (amount > 0) HookedManager(msg.sender).take(currency, address(this), uint256(int256(amount)));
    }
}

/// Fills every swap itself, one for one, out of its own tokens: none reaches the pool. Wants the permission beforeSwap
/// with its returned delta.
contract V4CurveHook {
    function beforeSwap(address, HookedPool calldata key, HookedSwap calldata params, bytes calldata)
        external
        returns (bytes4, int256, uint24)
    {
        int256 specified = params.amountSpecified;
        uint256 amount = uint256(specified < 0 ? -specified : specified);
        (address input, address output) =
            params.zeroForOne ? (key.currency0, key.currency1) : (key.currency1, key.currency0);
        HookedManager manager = HookedManager(msg.sender);
        manager.take(input, address(this), amount);
        manager.sync(output);
        HookedToken(output).transfer(msg.sender, amount);
        manager.settle();
        return (this.beforeSwap.selector, (-specified << 128) | int256(uint256(uint128(int128(specified)))), 0);
    }
}
